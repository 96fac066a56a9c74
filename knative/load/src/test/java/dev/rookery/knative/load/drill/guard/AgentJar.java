package dev.rookery.knative.load.drill.guard;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// This package as a jar that a JVM takes as its agent.
public final class AgentJar {

    private AgentJar() {}

    /// What a JVM is told by `JAVA_TOOL_OPTIONS` to run without a guard.
    ///
    /// @param folder for the jar
    public static String options(Path folder, Guard guard) throws IOException {
        var jar = folder.resolve("guards.jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), GuardAgent.class.getName());
        var root = root();
        var name = AgentJar.class.getPackageName().replace('.', '/');
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var classes = Files.list(root.resolve(name))) {
            for (var each : classes.toList()) {
                out.putNextEntry(new JarEntry(name + "/" + each.getFileName()));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
        return "-javaagent:" + jar + "=" + guard.name();
    }

    private static Path root() {
        try {
            return Path.of(AgentJar.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
