package dev.longtail.cli;

import dev.longtail.config.Settings;
import dev.longtail.server.LongtailServer;
import dev.longtail.server.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the classes that a server needs, and ends: the script {@code longtail} runs it once behind a build, with an
 * option that lets the Java machine keep what it has loaded, parsed and checked, so that later starts need not. It
 * serves no model and listens for a moment on a free port of this machine.
 */
final class ClassArchive {

    private ClassArchive() {}

    public static void main(String[] arguments) throws IOException {
        Console nowhere = Console.of(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        int code = Main.run(nowhere, "serve", "--settings");
        ServerConfig config = Settings.override(ServerConfig.DEFAULT, Map.of("port", "0"));
        LongtailServer.start(config, List::of, Optional.empty(), request -> {}).close();
        System.exit(code);
    }
}
