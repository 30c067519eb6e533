/**
 * Contract tests of {@link dev.hookferry.transport.Transport}, and the receivers that they send to.
 */
@NullMarked
package dev.hookferry.contract.transport;

import org.jspecify.annotations.NullMarked;
