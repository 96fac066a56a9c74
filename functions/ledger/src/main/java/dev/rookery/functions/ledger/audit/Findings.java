package dev.rookery.functions.ledger.audit;

import java.util.ArrayList;
import java.util.List;

/// Of one check, as they come up. A ledger that is wrong everywhere does not fill the memory.
final class Findings {

    static final int MAX_KEPT = 1_000;

    private final String check;
    private final List<Finding> kept = new ArrayList<>();
    private long count;

    Findings(String check) {
        this.check = check;
    }

    void add(String row, String found, String expected) {
        count++;
        if (kept.size() < MAX_KEPT) {
            kept.add(new Finding(check, row, found, expected));
        }
    }

    long count() {
        return count;
    }

    List<Finding> kept() {
        return List.copyOf(kept);
    }
}
