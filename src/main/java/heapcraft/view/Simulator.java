package heapcraft.view;

import java.util.List;

/// Real allocators behind a live picture: what they look like now, and what a reader's actions do
/// to them.
///
/// ```java
/// class Counting implements Simulator {
///     private int clicks;
///
///     public Scene scene() {
///         return new Scene("Clicks", List.of(new Scene.Control.Button("more", "More", true)),
///                 List.of(), List.of(new Scene.Fact("clicks", clicks + "")), "", "", "");
///     }
///
///     public void on(Action action) {
///         clicks++;
///     }
/// }
/// ```
///
/// @implSpec Calls come one after the other, from different threads: memory behind a simulator must
///     not be confined to a thread. A simulator prints nothing; what it has to say is in its scene.
public interface Simulator {

    /// {@return what there is to see now}
    Scene scene();

    /// Does what a reader asked for.
    ///
    /// Whatever is thrown, also an error, is shown in the picture, which stays usable: the next
    /// scene shows what the allocators look like then.
    ///
    /// @param action names a control or a clickable strip of the newest scene that is enabled
    void on(Action action);

    /// What a reader did.
    ///
    /// @param control the id of a control or of a strip
    /// @param value   what it shall be now, as the control says; a block's address: `0x7f001040`
    record Action(String control, String value) {

        /// {@return the value of a [Number][Scene.Control.Number]}
        ///
        /// @throws NumberFormatException if it is not one
        public long number() {
            return Long.parseLong(value);
        }

        /// {@return the value of a [Switch][Scene.Control.Switch]}
        public boolean isOn() {
            return Boolean.parseBoolean(value);
        }

        /// {@return the value of an [Order][Scene.Control.Order]}
        public List<String> items() {
            return value.lines().toList();
        }

        /// {@return the address of the block that was clicked}
        ///
        /// @throws NumberFormatException if the value is none
        public long address() {
            return Long.parseUnsignedLong(value.replaceFirst("^0x", ""), 16);
        }
    }
}
