package stillpoint.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/// Bitmaps as they stand in a bundle: PNG in base64.
///
/// It is apart from [Pictures] so that a command that draws no bitmap loads no class of AWT.
final class Pixels {
    private Pixels() {}

    static Bundle of(BufferedImage image) {
        return Bundle.of(
                Bundle.PLAIN,
                "image, " + image.getWidth() + " x " + image.getHeight() + " pixels",
                Bundle.PNG,
                png(image));
    }

    static String png(BufferedImage image) {
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.setUseCache(false);
            if (!ImageIO.write(image, "png", bytes))
                throw new IllegalArgumentException(
                        "image type " + image.getType() + ": PNG needs RGB, ARGB or grey; copy it into one of them");
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
