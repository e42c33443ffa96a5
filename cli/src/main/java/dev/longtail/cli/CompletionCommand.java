package dev.longtail.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "completion",
        description = "Writes a script that lets a shell complete commands, options and their values.",
        footer = {
            "",
            "Examples:",
            "  source <(longtail completion bash)                 # now, or in ~/.bashrc",
            "  longtail completion bash > /etc/bash_completion.d/longtail",
            "  source <(longtail completion zsh)                  # in ~/.zshrc, behind compinit",
        })
final class CompletionCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.", converter = ShellName.class)
    private Shell shell;

    /** Shells that a script can be written for. */
    enum Shell {
        BASH,
        ZSH
    }

    /** A shell by its name. */
    static final class ShellName implements CommandLine.ITypeConverter<Shell> {
        @Override
        public Shell convert(String name) {
            for (Shell each : Shell.values()) {
                if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return each;
                }
            }
            throw new TypeConversionException("must be bash or zsh, got '" + name + "'");
        }
    }

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        String script = script(Main.commands());
        // zsh reads completions of bash once it has been told so.
        console.out().print(shell == Shell.ZSH ? "autoload -U +X bashcompinit && bashcompinit\n" + script : script);
        console.flush();
        return Failures.DONE;
    }

    /** The script for bash. */
    static String script(CommandLine root) {
        return AutoComplete.bash("longtail", root);
    }
}
