package dev.rookery.eventing.stream;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// A Lua script called by its digest; a server that does not know it yet, such as a restarted one, is sent the
/// text.
///
/// Immutable: make it once, as a constant, and call it from any thread.
public final class Script {

    private final String text;
    private final String digest;

    private Script(String text) {
        this.text = text;
        this.digest = sha1(text);
    }

    /// Several resources are one script, one after the other, so that scripts can share a beginning.
    ///
    /// @param beside    the class in whose package the resources are
    /// @param resources file names, such as `open.lua`
    /// @throws IllegalStateException when there is no such resource
    public static Script of(Class<?> beside, String... resources) {
        var text = new StringBuilder();
        for (var resource : resources) {
            text.append(read(beside, resource)).append('\n');
        }
        return new Script(text.toString());
    }

    /// Runs it on the server, where nothing else runs meanwhile. A script that is sent as text goes after whatever
    /// was called in between: who needs two calls in order waits for the first.
    ///
    /// @param keys      all keys that it touches; in a cluster they must have one hash tag
    /// @param arguments strings alone, as Redis takes them
    /// @return what the script returns, a table, in Java's terms: integers are `Long`, strings `String`, tables
    /// `List`. Fails with the client's exceptions when Redis does not answer or the script throws; completes on the
    /// client's threads, so what follows must not block.
    public CompletionStage<List<Object>> call(
            RedisScriptingAsyncCommands<String, String> redis, String[] keys, String... arguments) {
        CompletableFuture<List<Object>> called = redis.<List<Object>>evalsha(
                        digest, ScriptOutputType.MULTI, keys, arguments)
                .toCompletableFuture();
        return called.exceptionallyCompose(error -> {
            if (unwrapped(error) instanceof RedisNoScriptException) {
                return redis.<List<Object>>eval(text, ScriptOutputType.MULTI, keys, arguments);
            }
            return CompletableFuture.failedFuture(error);
        });
    }

    private static Throwable unwrapped(Throwable error) {
        var cause = error.getCause();
        return error instanceof CompletionException && cause != null ? cause : error;
    }

    private static String read(Class<?> beside, String resource) {
        try (var in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("script: " + resource + " (expected: beside " + beside + ")");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(sha1.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
