package dev.longtail.server;

import dev.longtail.server.serving.BusyException;
import org.jspecify.annotations.Nullable;

/** A request that is not answered as it was asked: a status, a word for programs, and a sentence for people. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final @Nullable String header;
    private final String headerValue;

    private Problem(int status, String code, String message, @Nullable String header, String headerValue) {
        super(message, null, false, false); // where it was thrown is of no interest to anybody
        this.status = status;
        this.code = code;
        this.header = header;
        this.headerValue = headerValue;
    }

    /** A request that is wrong in a way that its sender can mend. */
    static Problem wrong(String code, String message) {
        return of(400, code, message);
    }

    /** A request that asks for more than the server does at once. */
    static Problem tooLarge(String code, String message) {
        return of(413, code, message);
    }

    static Problem of(int status, String code, String message) {
        return new Problem(status, code, message, null, "");
    }

    static Problem of(BusyException busy) {
        String code = switch (busy.reason()) {
            case QUEUE_FULL -> "queue-full";
            case TIMED_OUT -> "timed-out";
            case CLOSED -> "shutting-down";
        };
        return of(503, code, String.valueOf(busy.getMessage())).with("Retry-After", "1");
    }

    /** The same with a header in the answer. */
    Problem with(String name, String value) {
        return new Problem(status, code, String.valueOf(getMessage()), name, value);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** Name of a header that belongs to the answer, null for none. */
    @Nullable
    String header() {
        return header;
    }

    String headerValue() {
        return headerValue;
    }
}
