/** The audit log: who changed what, when, and from where. */
@NullMarked
package dev.hookferry.audit;

import org.jspecify.annotations.NullMarked;
