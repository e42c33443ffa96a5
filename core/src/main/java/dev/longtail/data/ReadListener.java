package dev.longtail.data;

/** Told now and then how far a pass over files has come; called on the reading thread. */
@FunctionalInterface
public interface ReadListener {

    /** Ignores all progress. */
    ReadListener NONE = progress -> {};

    void progress(Progress progress);

    /**
     * State of a pass.
     *
     * @param pass       what is being done, for example "count" or "encode"
     * @param file       the file being read
     * @param lines      lines of this file read so far
     * @param bytesDone  bytes of this file read so far, compressed where it is
     * @param bytesTotal size of this file
     */
    record Progress(String pass, String file, long lines, long bytesDone, long bytesTotal) {}
}
