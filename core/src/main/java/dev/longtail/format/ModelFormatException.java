package dev.longtail.format;

import java.io.IOException;
import java.nio.file.Path;

/** A model file or folder that is not what it should be. The message says which, where, why, and what to do. */
public final class ModelFormatException extends IOException {

    private static final long serialVersionUID = 1;

    private final String file;
    private final long position;
    private final String reason;

    /**
     * Says what is wrong.
     *
     * @param file     path of the file or folder
     * @param position byte in the file, or -1 where none is to blame
     * @param reason   rest of the sentence that starts with the file, with advice
     */
    public ModelFormatException(Path file, long position, String reason) {
        super(file + (position < 0 ? "" : ", byte " + position) + ": " + reason);
        this.file = file.toString();
        this.position = position;
        this.reason = reason;
    }

    /** Path of the file or folder. */
    public String file() {
        return file;
    }

    /** Byte in the file, or -1 where none is to blame. */
    public long position() {
        return position;
    }

    /** The message without file and position. */
    public String reason() {
        return reason;
    }
}
