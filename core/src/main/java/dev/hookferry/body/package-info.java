/**
 * Request bodies: formats, templates and mappers that build the body of a request from an event. An
 * endpoint's choice among them is one of its settings, in {@code endpoint}.
 */
@NullMarked
package dev.hookferry.body;

import org.jspecify.annotations.NullMarked;
