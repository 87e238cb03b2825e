package dev.usher.gateway;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much clients may hold of this process.
 *
 * @param heapBytes its largest heap
 * @param files how many files and sockets it may have open
 */
record Capacity(long heapBytes, long files) {

  private static final Logger LOG = LoggerFactory.getLogger(Capacity.class);

  /**
   * Measured: 9 KiB of heap for a connection that says nothing, and as much outside of it for one
   * with half a head; the rest is for the request on it.
   */
  private static final long CONNECTION_BYTES = 32 << 10;

  /** For the journal, the cluster, the admin port and everything else. */
  private static final long OTHER_FILES = 512;

  private static final int BODIES_SHARE = 8;

  static Capacity ofThisProcess() {
    return new Capacity(Runtime.getRuntime().maxMemory(), openFiles());
  }

  /** How many connections of those configured there is room for. */
  int connections(int configured) {
    long room = Math.max(1, Math.min(heapBytes / CONNECTION_BYTES, files - OTHER_FILES));
    if (room >= configured) {
      return configured;
    }
    LOG.warn(
        "http.connections is {}, but there is room for {}: one for each {} KiB of heap ({} MiB,"
            + " -Xmx), and the process may have {} files open (ulimit -n)",
        configured,
        room,
        CONNECTION_BYTES >> 10,
        heapBytes >> 20,
        files);
    return Math.toIntExact(room);
  }

  /** Most bytes of bodies that are not there as a whole yet. */
  long bodyBytes() {
    return heapBytes / BODIES_SHARE;
  }

  /** Where the system does not say there is nothing to keep to. */
  private static long openFiles() {
    try {
      Object most =
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(
                  new ObjectName("java.lang:type=OperatingSystem"), "MaxFileDescriptorCount");
      return most instanceof Long files ? files : Long.MAX_VALUE;
    } catch (JMException notUnix) {
      return Long.MAX_VALUE;
    }
  }
}
