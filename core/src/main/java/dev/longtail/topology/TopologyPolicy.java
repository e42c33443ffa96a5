package dev.longtail.topology;

/**
 * A way of moving connections, put together from three parts; the fourth, how they start, is
 * {@link RewireConfig#start}, which belongs to the making of a layer.
 *
 * @param schedule when
 * @param pruning which slots fall
 * @param growth where new connections go
 */
record TopologyPolicy(RewireSchedule schedule, Pruning pruning, Growth growth) {}
