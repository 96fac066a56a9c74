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
final class Script {

    private final String text;
    private final String digest;

    private Script(String text) {
        this.text = text;
        this.digest = sha1(text);
    }

    /// Resources beside this class, one after the other as one script.
    static Script of(String... resources) {
        var text = new StringBuilder();
        for (var resource : resources) {
            text.append(read(resource)).append('\n');
        }
        return new Script(text.toString());
    }

    CompletionStage<List<Object>> call(
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

    private static String read(String resource) {
        try (var in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("script: " + resource + " (expected: beside " + Script.class + ")");
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
