package heapcraft.view;

import java.util.function.Function;

/// What a notebook kernel can do for a live picture: show something below the running cell, and
/// talk with the page afterwards.
///
/// A kernel's start-up script has one of these; nothing else knows a kernel. JSON goes as text,
/// because each kernel has a JSON library of its own, under a name of its own.
///
/// @implSpec Messages of one channel arrive in the order in which the page has sent them, one
///     after the other, and never while a cell runs.
public interface Comms {

    /// Opens a channel to the page.
    ///
    /// @param target   what the page knows such channels by
    /// @param data     what the page makes of the channel: a JSON object
    /// @param metadata a JSON object beside the message
    /// @param listener hears what comes back
    Comm open(String target, String data, String metadata, Listener listener);

    /// Lets the page open channels to the kernel.
    ///
    /// @param target   what the page asks for
    /// @param listener is made for each channel that the page opens
    void accept(String target, Function<Comm, Listener> listener);

    /// Shows something below the running cell that can be replaced later.
    ///
    /// @param text for front-ends that show no HTML
    /// @param html the same as HTML
    Output show(String text, String html);

    /// Shows something below the running cell that only some front-ends can show.
    ///
    /// @param text for the others
    /// @param mime what it is
    /// @param json what it says: a JSON object
    void show(String text, String mime, String json);

    /// A channel between the kernel and the page.
    interface Comm {

        /// {@return the name that both sides know the channel by}
        String id();

        /// Sends a JSON object to the page.
        void send(String data);
    }

    /// Hears what the page says on a channel.
    interface Listener {

        /// Takes a JSON object from the page.
        void received(String data);

        /// Takes note that the page has closed the channel.
        default void closed() { }
    }

    /// Something shown below a cell.
    interface Output {

        /// Shows something else in its place, wherever the page still has it.
        void replace(String text, String html);
    }
}
