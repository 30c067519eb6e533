/**
 * The auditor: checks after a run that every accepted event was delivered, in the store's log and
 * at the receivers.
 */
@NullMarked
package dev.hookferry.auditor;

import org.jspecify.annotations.NullMarked;
