package dev.longtail.kernel;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/** What the HotSpot virtual machine tells about itself. */
final class HotSpot {

    private HotSpot() {}

    /** Value of an option; {@code otherwise} where the JVM does not know the option or does not tell. */
    static String option(String name, String otherwise) {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName diagnostics = new ObjectName("com.sun.management:type=HotSpotDiagnostic");
            String[] types = {String.class.getName()};
            Object answer = server.invoke(diagnostics, "getVMOption", new Object[] {name}, types);
            return answer instanceof CompositeData data ? String.valueOf(data.get("value")) : otherwise;
        } catch (JMException | RuntimeException e) {
            return otherwise;
        }
    }

    static boolean isSet(String name) {
        return option(name, "false").equals("true");
    }
}
