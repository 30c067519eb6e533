/** Tests of the alerts. */
@NullMarked
package dev.hookferry.app.alerts;

import org.jspecify.annotations.NullMarked;
