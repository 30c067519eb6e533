/** Alerts for people: which incidents are told, and the ways that messages leave by. */
@NullMarked
package dev.hookferry.app.alerts;

import org.jspecify.annotations.NullMarked;
