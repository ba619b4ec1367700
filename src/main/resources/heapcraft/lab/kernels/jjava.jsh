// The notebook's screen, in JJava's words: HTML, with text for front-ends that show none.
heapcraft.lab.Notebook.showOn((text, html) -> {
    var data = new org.dflib.jjava.jupyter.kernel.display.DisplayData(text);
    data.putHTML(html);
    kernel().display(data);
});

// A channel to the page, for live pictures.
class HeapcraftComm extends org.dflib.jjava.jupyter.kernel.comm.Comm
        implements heapcraft.view.Comms.Comm {
    static org.dflib.jjava.jupyter.messages.MessageContext answering;

    private final org.dflib.jjava.jupyter.kernel.comm.CommManager manager;
    heapcraft.view.Comms.Listener listener;

    HeapcraftComm(org.dflib.jjava.jupyter.kernel.comm.CommManager manager,
                  String id, String target) {
        super(manager, id, target);
        this.manager = manager;
    }

    static org.dflib.jjava.shaded.com.google.gson.JsonObject json(String text) {
        return new org.dflib.jjava.shaded.com.google.gson.Gson().fromJson(
                text, org.dflib.jjava.shaded.com.google.gson.JsonObject.class);
    }

    public String id() {
        return getID();
    }

    public void send(String data) {
        send(json(data));
    }

    protected void onMessage(org.dflib.jjava.jupyter.messages.Message<
            org.dflib.jjava.jupyter.messages.comm.CommMsgCommand> message) {
        answering = message;
        manager.setMessageContext(message);  // or the answer would belong to the last cell
        listener.received(message.getContent().getData().toString());
    }

    protected void onClose(org.dflib.jjava.jupyter.messages.Message<
            org.dflib.jjava.jupyter.messages.comm.CommCloseCommand> message, boolean byUs) {
        listener.closed();
    }
}

class HeapcraftComms implements heapcraft.view.Comms {
    private final org.dflib.jjava.jupyter.kernel.comm.CommManager manager =
            kernel().getCommManager();

    public Comm open(String target, String data, String metadata, Listener listener) {
        return manager.openComm(target, (manager, id, name, message) -> {
            HeapcraftComm.json(data).entrySet().forEach(entry ->
                    message.getContent().getData().add(entry.getKey(), entry.getValue()));
            HeapcraftComm.json(metadata).entrySet().forEach(entry ->
                    message.getNonNullMetadata().put(entry.getKey(), entry.getValue()));
            var comm = new HeapcraftComm(manager, id, name);
            comm.listener = listener;
            return comm;
        });
    }

    public void accept(String target, java.util.function.Function<Comm, Listener> listener) {
        manager.registerTarget(target, (manager, id, name, message) -> {
            var comm = new HeapcraftComm(manager, id, name);
            comm.listener = listener.apply(comm);
            return comm;
        });
    }

    public Output show(String text, String html) {
        String id = java.util.UUID.randomUUID().toString();
        var shown = data(id, text, html);
        kernel().display(shown);
        return (newText, newHtml) -> update(data(id, newText, newHtml));
    }

    public void show(String text, String mime, String json) {
        var data = new org.dflib.jjava.jupyter.kernel.display.DisplayData(text);
        data.putData(mime, HeapcraftComm.json(json));
        kernel().display(data);
    }

    private org.dflib.jjava.jupyter.kernel.display.DisplayData data(
            String id, String text, String html) {
        var data = new org.dflib.jjava.jupyter.kernel.display.DisplayData(text);
        data.putHTML(html);
        data.setDisplayId(id);
        return data;
    }

    // JJava itself shows nothing while no cell runs; the socket of its comms does.
    private void update(org.dflib.jjava.jupyter.kernel.display.DisplayData data) {
        try {
            var socket = org.dflib.jjava.jupyter.kernel.comm.CommManager.class
                    .getDeclaredField("iopub");
            socket.setAccessible(true);
            ((org.dflib.jjava.jupyter.channels.JupyterSocket) socket.get(manager))
                    .sendMessage(new org.dflib.jjava.jupyter.messages.Message<>(
                            HeapcraftComm.answering,
                            org.dflib.jjava.jupyter.messages.publish
                                    .PublishUpdateDisplayData.MESSAGE_TYPE,
                            new org.dflib.jjava.jupyter.messages.publish
                                    .PublishUpdateDisplayData(data)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JJava is built in another way", e);
        }
    }
}

heapcraft.lab.Notebook.connect(new HeapcraftComms());
