/// From Redis to those who are connected here: what is published ([ChannelFeed]), and how a client is given a
/// stream without a gap ([StreamReader]). Start with [StreamReader].
@NullMarked
package dev.rookery.gateway.egress;

import org.jspecify.annotations.NullMarked;
