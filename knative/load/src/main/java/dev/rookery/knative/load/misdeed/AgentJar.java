package dev.rookery.knative.load.misdeed;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// A package of this program as a jar that a JVM takes as its agent.
public final class AgentJar {

    private AgentJar() {}

    /// What a JVM is told by `JAVA_TOOL_OPTIONS`, so that it begins with an agent.
    ///
    /// @param folder   for the jar
    /// @param agent    has a `premain`; needs nothing but the JDK and its own package
    /// @param argument for `premain`
    public static String option(Path folder, Class<?> agent, String argument) throws IOException {
        var jar = folder.resolve(agent.getSimpleName() + ".jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), agent.getName());
        var name = agent.getPackageName().replace('.', '/');
        var origin = origin(agent);
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            if (Files.isDirectory(origin)) {
                copy(origin.resolve(name), name, out);
            } else {
                try (var ours = FileSystems.newFileSystem(origin)) {
                    copy(ours.getPath(name), name, out);
                }
            }
        }
        return "-javaagent:" + jar + "=" + argument;
    }

    private static void copy(Path classes, String name, JarOutputStream out) throws IOException {
        try (var all = Files.list(classes)) {
            for (var each : all.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(name + "/" + each.getFileName()));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
    }

    /// A folder of classes, or a jar.
    private static Path origin(Class<?> agent) {
        try {
            return Path.of(
                    agent.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
