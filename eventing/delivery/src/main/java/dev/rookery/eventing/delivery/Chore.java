package dev.rookery.eventing.delivery;

/// Something that a function has to do by the clock, with no command there to do it: a bean of it is run every minute
/// while an instance is there, and every ten when the function is at zero.
///
/// A run is bounded, to some 10 s: what is left is for the next one. Several may run at the same time, in several
/// pods or in one, and a run may be cut off anywhere: it takes rows by `for update skip locked`, or does what may
/// be done twice.
public interface Chore {

    /// Of the chore, for logs and metrics: lower case with dashes.
    String name();

    /// Does what there is to do.
    ///
    /// @throws RuntimeException when something could not be done; the others are run all the same
    void run();
}
