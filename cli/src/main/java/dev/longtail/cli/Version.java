package dev.longtail.cli;

import dev.longtail.format.LibraryVersion;
import picocli.CommandLine;

/** The version of this build. */
final class Version implements CommandLine.IVersionProvider {

    static String text() {
        return LibraryVersion.text();
    }

    @Override
    public String[] getVersion() {
        return new String[] {"longtail " + text()};
    }
}
