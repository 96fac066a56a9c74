package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.measure.ProcessFigures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The peers: servers in Node.js, from npm, in a folder that is thrown away afterwards.
final class NodeServers implements AutoCloseable {

    /// Those that the comparison was first made with: a newer one is a newer comparison.
    private static final List<String> PACKAGES = List.of("ws@8", "socket.io@4", "@btc-vision/uwebsockets.js@20");

    private static final int INSTALL_SECONDS = 180;
    private static final int START_SECONDS = 15;

    private final Path folder;

    private NodeServers(Path folder) {
        this.folder = folder;
    }

    /// Fetches what is needed; takes seconds to minutes.
    ///
    /// @throws IllegalStateException when there is no npm, or it cannot get them
    static NodeServers install() {
        try {
            var servers = new NodeServers(Files.createTempDirectory("rookery-peers-"));
            servers.npm();
            servers.adaptLibraries();
            return servers;
        } catch (IOException e) {
            throw new UncheckedIOException("a folder for the peers cannot be made", e);
        }
    }

    /// Starts one of our scripts.
    Running start(String name, String script, Dialect dialect) {
        var file = folder.resolve(script);
        try (var source = NodeServers.class.getResourceAsStream(script)) {
            if (source == null) {
                throw new IllegalStateException("script: " + script + " is not there (expected: a resource)");
            }
            Files.write(file, source.readAllBytes());
            var process = new ProcessBuilder("node", file.toString())
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            int port = port(name, process);
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            return new Running(new Server(name, dialect, dialect, address, new ProcessFigures(process.pid())), process);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started (expected: node on the PATH)", e);
        }
    }

    @Override
    public void close() {
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be deleted", e);
        }
    }

    /// A peer that runs until it is closed.
    record Running(Server server, Process process) implements AutoCloseable {

        @Override
        public void close() {
            process.destroyForcibly();
            try {
                process.waitFor(START_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void npm() throws IOException {
        var log = folder.resolve("npm.log");
        var command = new ArrayList<>(List.of(
                "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder.toString()));
        command.addAll(PACKAGES);
        var npm = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
                npm.destroyForcibly();
                throw new IllegalStateException("npm: not done (expected: within " + INSTALL_SECONDS + " s)");
            }
        } catch (InterruptedException e) {
            npm.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while installing", e);
        }
        if (npm.exitValue() != 0) {
            throw new IllegalStateException(
                    "npm: " + Files.readString(log).strip() + " (expected: installs " + PACKAGES + ")");
        }
    }

    private void adaptLibraries() throws IOException {
        try (var all = Files.walk(folder)) {
            for (var library : all.filter(file -> file.toString().endsWith(".node"))
                    .filter(file -> file.toString().contains("linux"))
                    .toList()) {
                OlderGlibc.adapt(library);
            }
        }
    }

    private static int port(String name, Process process) {
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = CompletableFuture.supplyAsync(() -> {
            try {
                return String.valueOf(out.readLine());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            var said = line.get(START_SECONDS, TimeUnit.SECONDS);
            return Integer.parseInt(said.replace("listening ", ""));
        } catch (TimeoutException | ExecutionException | NumberFormatException e) {
            process.destroyForcibly();
            throw new IllegalStateException(name + ": does not listen (expected: within " + START_SECONDS + " s)", e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        }
    }
}
