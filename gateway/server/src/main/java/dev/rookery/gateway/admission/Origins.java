package dev.rookery.gateway.admission;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The pages whose scripts may connect. A browser says in `Origin` where its script came from (RFC 6454); who is no
/// browser says nothing, or what it likes, and proves itself by its token as everybody does.
///
/// @param allowed `https://play.example.com`, `https://*.example.com`, `null` for pages without an origin such as
///                files, `*` for all; none for pages of the host that is connected to, whatever their port
public record Origins(List<String> allowed) {

    private static final String ALL = "*";
    private static final Pattern ORIGIN = Pattern.compile(
            "\\*|null|[a-z][a-z0-9+.-]*://(\\*\\.)?([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?",
            Pattern.CASE_INSENSITIVE);
    private static final String ANY_SUBDOMAIN = "://*.";

    /// @throws IllegalArgumentException when one can be no origin
    public Origins {
        allowed = allowed.stream()
                .map(origin -> origin.strip().toLowerCase(Locale.ROOT))
                .toList();
        allowed.stream()
                .filter(origin -> !ORIGIN.matcher(origin).matches())
                .findFirst()
                .ifPresent(origin -> {
                    throw new IllegalArgumentException("origin: " + origin
                            + " (expected: one such as https://play.example.com or https://*.example.com, null or *)");
                });
    }

    /// @param origin null when none is said
    /// @param host   that the client connects to, as in `Host`; null when none is said
    public boolean admit(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        var asked = origin.strip().toLowerCase(Locale.ROOT);
        if (allowed.isEmpty()) {
            return host != null && isSameHost(asked, host.toLowerCase(Locale.ROOT));
        }
        return allowed.stream().anyMatch(each -> admits(each, asked));
    }

    private static boolean admits(String allowed, String asked) {
        int wild = allowed.indexOf(ANY_SUBDOMAIN);
        if (wild < 0) {
            return allowed.equals(ALL) || allowed.equals(asked);
        }
        var scheme = allowed.substring(0, wild + "://".length());
        var parent = allowed.substring(scheme.length() + 1);
        return ORIGIN.matcher(asked).matches()
                && asked.startsWith(scheme)
                && asked.endsWith(parent)
                && asked.length() > scheme.length() + parent.length();
    }

    private static boolean isSameHost(String origin, String host) {
        try {
            var page = new URI(origin).getHost();
            return page != null && page.equals(new URI("http://" + host).getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
