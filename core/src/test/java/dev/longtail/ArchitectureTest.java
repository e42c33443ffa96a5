package dev.longtail;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A package is a stage of the flow, and knows only the stages before it. */
final class ArchitectureTest {

    private static final String ROOT = "dev.longtail";

    private static final List<String> STAGES = List.of(
            "config",
            "parallel",
            "kernel",
            "matrix",
            "text",
            "data",
            "rating",
            "synthetic",
            "cluster",
            "relation",
            "anchor",
            "loss",
            "penalty",
            "nonparametric",
            "optimizer",
            "table",
            "topology",
            "body",
            "output",
            "association",
            "direct",
            "calibration",
            "model",
            "metrics",
            "variational",
            "train",
            "shrink",
            "plan",
            "tune",
            "format",
            "living",
            "predict",
            "explain",
            "figure",
            "report");

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void everyPackageIsAStage() {
        Set<String> packages = LIBRARY.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        Set<String> allowed = STAGES.stream().map(stage -> ROOT + "." + stage).collect(Collectors.toSet());

        assertThat(packages).isNotEmpty().isSubsetOf(allowed);
    }

    @Test
    void stagesImportOnlyEarlierStages() {
        Set<String> backward = new TreeSet<>();
        for (JavaClass user : LIBRARY) {
            user.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(used -> stage(used) > stage(user))
                    .forEach(used -> backward.add(user.getName() + " uses " + used.getName()));
        }

        assertThat(backward).as("uses of a later stage").isEmpty();
    }

    @Test
    void fusedMultiplyAddIsTheKernelsBusiness() {
        // Math.fma is correctly rounded everywhere but, where the processor has none, hundreds of times slower.
        List<String> calls = LIBRARY.stream()
                .filter(user -> stage(user) != STAGES.indexOf("kernel"))
                .flatMap(user -> user.getMethodCallsFromSelf().stream())
                .filter(call -> call.getName().equals("fma")
                        && call.getTargetOwner().getName().startsWith("java.lang."))
                .map(call -> call.getDescription())
                .toList();

        assertThat(calls).as("calls of Math.fma outside the kernels").isEmpty();
    }

    /** Position in the flow, -1 for a class outside the library. */
    private static int stage(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT + ".") ? STAGES.indexOf(name.substring(ROOT.length() + 1)) : -1;
    }
}
