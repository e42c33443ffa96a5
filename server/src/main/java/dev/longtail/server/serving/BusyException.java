package dev.longtail.server.serving;

/** A question cannot be answered now; it may be asked again. */
public final class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    BusyException(Reason reason) {
        super(reason.text, null, false, false);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** Why a question was not answered. */
    public enum Reason {
        /** So many wait already. */
        QUEUE_FULL("as many requests wait as may; try again later"),
        /** It waited and ran for as long as it may. */
        TIMED_OUT("the answer took longer than a request may"),
        /** The server is about to end. */
        CLOSED("the server is shutting down");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
