package dev.rookery.eventing.delivery;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.util.ClassUtils;

/// How a function's process begins, from its `main`. What the build found out about the function's beans, if it did, is
/// not found out again. With `ROOKERY_MIGRATE=only` in its environment it brings its
/// schemas up to date and ends, with code 0 when that was done: what a cluster runs before a revision is rolled
/// out, with a role that the function itself is not given (`ROOKERY_MIGRATE=never`).
public final class FunctionApplication {

    private FunctionApplication() {}

    public static void run(Class<?> application, String[] arguments) {
        of(application, System.getenv("ROOKERY_MIGRATE")).run(arguments);
    }

    static SpringApplication of(Class<?> application, @Nullable String migrate) {
        if (!"only".equals(migrate)) {
            if (isProcessed(application)) {
                SpringProperties.setFlag(AotDetector.AOT_ENABLED);
            }
            return new SpringApplication(application);
        }
        var migration = new SpringApplication(MigrateApplication.class);
        migration.setWebApplicationType(WebApplicationType.NONE);
        return migration;
    }

    /// In a jar alone, and not while the build is at it: in a folder of classes may still be what an earlier build
    /// wrote. Asked of the class file: of a class from an AOT cache the JDK knows no code source.
    private static boolean isProcessed(Class<?> application) {
        var file = application.getResource(application.getSimpleName() + ".class");
        return file != null
                && file.getProtocol().equals("jar")
                && !Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)
                && ClassUtils.isPresent(
                        application.getName() + "__ApplicationContextInitializer", application.getClassLoader());
    }
}
