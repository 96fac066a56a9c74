/// What a regulator asks to be told of and what is no command's outcome. Start with [SignificantEvents]; what functions
/// give is [WatchedSettings]. Facts of outcomes that are significant go another way: the catalog lists them, and
/// they are told with their outcome.
@NullMarked
package dev.rookery.eventing.delivery.significant;

import org.jspecify.annotations.NullMarked;
