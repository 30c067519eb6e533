/**
 * Parts that the facades share: the services of a node, its configuration, the writing of
 * endpoints, audit recording and virtual time. Code for a single subject is in the subpackages. Not
 * part of the API.
 */
@NullMarked
package dev.hookferry.internal;

import org.jspecify.annotations.NullMarked;
