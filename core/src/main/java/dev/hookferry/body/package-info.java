/**
 * Request bodies: formats, templates and mappers that make the body of a request from an event.
 * Which endpoint has which body is decided elsewhere.
 */
@NullMarked
package dev.hookferry.body;

import org.jspecify.annotations.NullMarked;
