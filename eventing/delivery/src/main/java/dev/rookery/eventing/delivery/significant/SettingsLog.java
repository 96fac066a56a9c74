package dev.rookery.eventing.delivery.significant;

import static dev.rookery.eventing.delivery.tables.Tables.WATCHED_SETTINGS;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Outcome.RecordedFact;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The settings that a function started with, whenever they were others than the time before; each time is the event
/// `<function>.settings-changed`. The first start changes everything from null.
///
/// While a new revision is rolled out a pod of the old one may start after one of the new. Then both changes
/// are told, as both settings are in force.
public final class SettingsLog {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsLog.class);
    private static final TypeReference<TreeMap<String, String>> SETTINGS = new TypeReference<>() {};

    private final DSLContext db;
    private final JsonMapper json;
    private final InstantSource clock;
    private final String function;

    public SettingsLog(DSLContext db, JsonMapper json, InstantSource clock, String function) {
        this.db = db;
        this.json = json;
        this.clock = clock;
        this.function = function;
    }

    /// Records what a function starts with, if that is not what was recorded last.
    ///
    /// @throws IllegalArgumentException when a setting is watched twice
    public void record(Collection<WatchedSettings> watched) {
        var settings = new TreeMap<String, String>();
        for (var each : watched) {
            each.values().forEach((name, value) -> {
                if (settings.put(name, value) != null) {
                    throw new IllegalArgumentException("setting: " + name + " is watched twice (expected: once)");
                }
            });
        }
        db.transaction(transaction -> record(transaction.dsl(), settings));
    }

    private void record(DSLContext transaction, Map<String, String> settings) {
        // Pods that start at the same moment find one change.
        transaction.execute("select pg_advisory_xact_lock(hashtext(?))", function + " watched_settings");
        var changes = changes(last(transaction), settings);
        if (changes.isEmpty()) {
            return;
        }
        LOG.info("settings changed: {}", changes);
        long number = transaction
                .insertInto(WATCHED_SETTINGS)
                .set(WATCHED_SETTINGS.SETTINGS, json.writeValueAsString(settings))
                .returningResult(WATCHED_SETTINGS.NUMBER)
                .fetchSingle()
                .value1();
        new SignificantEvents(transaction)
                .add(List.of(new RecordedFact(
                        "settings-" + number,
                        new EventType(function + ".settings-changed").value(),
                        function,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
                        json.writeValueAsString(new Changed(changes)))));
    }

    private Map<String, String> last(DSLContext transaction) {
        return transaction
                .select(WATCHED_SETTINGS.SETTINGS)
                .from(WATCHED_SETTINGS)
                .orderBy(WATCHED_SETTINGS.NUMBER.desc())
                .limit(1)
                .fetchOptional(row -> json.readValue(row.value1(), SETTINGS))
                .orElseGet(TreeMap::new);
    }

    private static List<Change> changes(Map<String, String> before, Map<String, String> after) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        var changes = new ArrayList<Change>();
        for (var name : names) {
            if (!Objects.equals(before.get(name), after.get(name))) {
                changes.add(new Change(name, before.get(name), after.get(name)));
            }
        }
        return changes;
    }

    private record Changed(List<Change> changes) {}

    /// @param before null when it was not watched before
    /// @param after  null when it is watched no longer
    private record Change(
            String setting,
            @Nullable String before,
            @Nullable String after) {}
}
