package dev.rookery.functions.ledger.seal;

import dev.rookery.functions.ledger.chain.Hash;
import dev.rookery.functions.ledger.chain.Head;
import dev.rookery.functions.ledger.seal.Seal.Counts;
import dev.rookery.functions.ledger.seal.Seal.Sums;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A seal as JSON. Written by hand, so that no setting of a mapper changes what is signed.
final class SealText {

    private static final JsonMapper JSON = JsonMapper.shared();

    private SealText() {}

    static String of(Seal seal) {
        var text = JSON.createObjectNode();
        text.put("n", seal.n()).put("at", seal.at().toString());
        var heads = text.putArray("heads");
        for (var head : seal.heads()) {
            heads.addObject()
                    .put("stripe", head.stripe())
                    .put("n", head.n())
                    .put("hash", head.hash().hex());
        }
        text.putObject("counts")
                .put("transfers", seal.counts().transfers())
                .put("outcomes", seal.counts().outcomes())
                .put("accounts", seal.counts().accounts())
                .put("links", seal.counts().links());
        var sums = text.putObject("sums");
        seal.sums()
                .forEach((currency, sum) ->
                        sums.putObject(currency).put("balances", sum.balances()).put("absolute", sum.absolute()));
        return text.put("previous", seal.previous().hex()).toString();
    }

    static Seal parse(String text) {
        try {
            return read(JSON.readTree(text));
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "seal: " + text + " cannot be read (expected: n, at, heads, counts, sums, previous): "
                            + e.getMessage(),
                    e);
        }
    }

    private static Seal read(JsonNode text) {
        var heads = new ArrayList<Head>();
        for (var head : text.required("heads")) {
            heads.add(new Head(
                    head.required("stripe").intValue(),
                    head.required("n").longValue(),
                    new Hash(head.required("hash").stringValue())));
        }
        var counts = text.required("counts");
        var sums = new TreeMap<String, Sums>();
        for (var each : text.required("sums").properties()) {
            var sum = each.getValue();
            sums.put(
                    each.getKey(),
                    new Sums(
                            sum.required("balances").bigIntegerValue(),
                            sum.required("absolute").bigIntegerValue()));
        }
        return new Seal(
                text.required("n").longValue(),
                Instant.parse(text.required("at").stringValue()),
                heads,
                new Counts(
                        counts.required("transfers").longValue(),
                        counts.required("outcomes").longValue(),
                        counts.required("accounts").longValue(),
                        counts.required("links").longValue()),
                sums,
                new Hash(text.required("previous").stringValue()));
    }
}
