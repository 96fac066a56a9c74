package dev.rookery.knative.load.bench.gateway;

/// One figure of one server.
///
/// @param what   scenario and quantity; the same words for every server
/// @param better what a server wants
public record Figure(String what, String unit, Better better, double value) {

    public enum Better {
        MORE,
        LESS,
        /// It is only there to judge the others by.
        NEITHER
    }

    static Figure more(String what, String unit, double value) {
        return new Figure(what, unit, Better.MORE, value);
    }

    static Figure less(String what, String unit, double value) {
        return new Figure(what, unit, Better.LESS, value);
    }

    static Figure note(String what, String unit, double value) {
        return new Figure(what, unit, Better.NEITHER, value);
    }

    static Figure count(String what, long value) {
        return note(what, "", (double) value);
    }

    /// How many times as good as another's; NaN where that cannot be said.
    double timesAsGoodAs(Figure other) {
        return switch (better) {
            case MORE -> value / other.value;
            case LESS -> other.value / value;
            case NEITHER -> Double.NaN;
        };
    }
}
