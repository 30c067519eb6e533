package dev.hookferry.architecture.offence;

/** Its name says nothing. */
public final class SiteManager {}
