package dev.rookery.eventing.delivery.emission;

/// An outcome is committed, but Redis or Kafka did not confirm that it was told. It has to be delivered again.
public final class EmissionFailedException extends RuntimeException {

    public EmissionFailedException(Throwable cause) {
        super("emission was not confirmed: " + cause, cause);
    }
}
