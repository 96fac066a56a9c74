package dev.rookery.knative.local.scale;

/// How a function stands.
///
/// @param revision            that gets the traffic
/// @param desired             instances that there should be
/// @param ready               instances that take events
/// @param starting            instances that do not yet
/// @param max                 instances that there may be; 0 for no limit
/// @param concurrency         events that wait or are handled
/// @param waiting             events that wait for an instance
/// @param average             of `concurrency` over the stable window
/// @param panicking           whether a burst holds: instances are added at once and none are taken away
/// @param coldStarts          starts that an event waited for, since the revision began
/// @param lastColdStartMillis from that event until an instance was ready; 0 when there was none
public record FunctionState(
        String function,
        int revision,
        int desired,
        int ready,
        int starting,
        int max,
        int concurrency,
        int waiting,
        double average,
        boolean panicking,
        int coldStarts,
        long lastColdStartMillis) {

    static FunctionState none(String function) {
        return new FunctionState(function, 0, 0, 0, 0, 0, 0, 0, 0, false, 0, 0);
    }
}
