/**
 * Rules of dependency between packages, and others that no compiler checks; each is proved on an
 * offender.
 */
package dev.hookferry.architecture;
