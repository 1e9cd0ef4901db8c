package io.flowlog.sample;

import static io.flowlog.sample.LineBuffer.ascii;

/** The AWS services that the VPC talks to, and made-up addresses of each. */
final class SampleServices {
    private static final int ADDRESSES = 60;

    /**
     * One range of a service.
     *
     * @param name as AWS writes it
     * @param endpoint whether a gateway endpoint can lead to it
     */
    record Service(byte[] name, boolean endpoint, byte[][] addresses) {
        byte[] address(SampleRandom random) {
            return addresses[random.below(addresses.length)];
        }
    }

    private final Service[] all;

    SampleServices(SampleRandom random) {
        all = new Service[] {
            service("S3", "52.216.", true, random),
            service("S3", "3.5.", true, random),
            service("DYNAMODB", "52.94.", true, random),
            service("AMAZON", "52.46.", false, random),
            service("AMAZON", "54.239.", false, random),
            service("EC2", "54.167.", false, random),
            service("CLOUDFRONT", "13.32.", false, random),
            service("API_GATEWAY", "18.213.", false, random),
        };
    }

    private static Service service(String name, String network, boolean endpoint, SampleRandom random) {
        byte[][] addresses = new byte[ADDRESSES][];
        for (int i = 0; i < ADDRESSES; i++) {
            addresses[i] = ascii(network + random.below(256) + "." + random.between(1, 254));
        }
        return new Service(ascii(name), endpoint, addresses);
    }

    Service any(SampleRandom random) {
        return random.pick(all);
    }

    Service s3() {
        return all[0];
    }
}
