package dev.longtail.config;

/** A file or stream holds something that cannot be used; the message reads "{source}:{line}: {reason}". */
public final class InputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String source;
    private final long line;

    /**
     * @param source file or stream, as the user named it
     * @param line   line number from 1, or 0 when the reason concerns the whole source
     * @param reason what is wrong and what to do
     */
    public InputException(String source, long line, String reason) {
        super(line > 0 ? source + ":" + line + ": " + reason : source + ": " + reason);
        this.source = source;
        this.line = line;
    }

    public InputException(String source, long line, String reason, Throwable cause) {
        this(source, line, reason);
        initCause(cause);
    }

    public String source() {
        return source;
    }

    /** Line number from 1, or 0 for the whole source. */
    public long line() {
        return line;
    }
}
