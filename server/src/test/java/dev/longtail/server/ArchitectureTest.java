package dev.longtail.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Models know nothing of HTTP, and of the web server know only those classes that must. */
final class ArchitectureTest {

    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.longtail.server");

    @Test
    void modelsAreServedWithoutAWebServer() {
        noClasses()
                .that()
                .resideInAPackage("dev.longtail.server.serving")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.longtail.server", "io..", "org.eclipse..", "jakarta..")
                .check(SERVER);
    }

    @Test
    void theApisDoNotKnowJavalin() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Call")
                .and()
                .doNotHaveSimpleName("HttpFront")
                .and()
                .doNotHaveSimpleName("JettyErrors")
                .and()
                .doNotHaveSimpleName("LongtailServer")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta..")
                .check(SERVER);
    }
}
