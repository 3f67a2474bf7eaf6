package io.broadsheet.feed;

/**
 * An open feed as readers are told of it.
 *
 * @param name gives its addresses
 * @param minutes how often it is worth asking again
 */
public record PublishedFeed(String name, String title, String description, String language, int minutes) {}
