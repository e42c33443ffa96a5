package dev.longtail.cli;

/** What was asked for cannot be done; the message says why and what to change, in one line. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
