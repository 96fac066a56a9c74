package dev.rookery.gateway.transport;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// The browser client: its files in memory, by the path that they are asked by. A path is looked up as it is and
/// never becomes the name of a file, so none can lead elsewhere. There are none when it was built without Node.
public final class Pages {

    private static final String FOLDER = "/rookery-web/";
    private static final String LIST = "files.txt";
    private static final String INDEX = "index.html";
    /// Files below it have names that change with their content.
    private static final String HASHED = "assets/";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json",
            "webmanifest", "application/manifest+json");

    private final Map<String, Page> byPath;

    private Pages(Map<String, Page> byPath) {
        this.byPath = Map.copyOf(byPath);
    }

    /// What `gateway/client/web` has packed, or none.
    public static Pages packed() {
        try (var list = Pages.class.getResourceAsStream(FOLDER + LIST)) {
            var files = new HashMap<String, byte[]>();
            if (list != null) {
                for (var name : new String(list.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList()) {
                    files.put(name, read(name));
                }
            }
            return of(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param files by name: `index.html`, which is answered at `/`, `assets/index-Bq1.js`
    public static Pages of(Map<String, byte[]> files) {
        var pages = new HashMap<String, Page>();
        files.forEach((name, bytes) -> pages.put("/" + (name.equals(INDEX) ? "" : name), page(name, bytes)));
        return new Pages(pages);
    }

    /// @return empty when the path is none of the client's
    Optional<Page> find(FullHttpRequest request) {
        return Optional.ofNullable(byPath.get(path(request)));
    }

    /// Why a request that is for no page of ours is answered with 404.
    Answer missing(FullHttpRequest request) {
        var text = path(request).equals("/")
                ? "/: the browser client is not in this gateway (expected: Node >= 20 where it is built); players "
                        + "connect to " + Upgrade.PATH
                : "path: unknown (expected: " + Upgrade.PATH + ")";
        return Answer.text(HttpResponseStatus.NOT_FOUND, text);
    }

    static boolean isRead(FullHttpRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private static String path(FullHttpRequest request) {
        var uri = request.uri();
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private static byte[] read(String name) throws IOException {
        try (var file = Pages.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException(FOLDER + name + ": is not there (expected: what " + LIST + " names)");
            }
            return file.readAllBytes();
        }
    }

    private static Page page(String name, byte[] bytes) {
        var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalArgumentException(name + ": of no known type (expected: one of " + TYPES.keySet() + ")");
        }
        var zipped = zip(bytes);
        boolean isSmaller = zipped.length < bytes.length;
        return new Page(type, name.startsWith(HASHED), tag(bytes), bytes, isSmaller ? zipped : new byte[0]);
    }

    private static byte[] zip(byte[] bytes) {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private static String tag(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
