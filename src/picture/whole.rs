//! Whether a picture's file goes on to its end: a copy that was broken off shows half a picture, or none.

use super::jpeg;
use image::ImageFormat;
use std::io::{self, BufRead, Read, Seek, SeekFrom};

/// Where the end of a JPEG is looked for before the whole of it is.
const TAIL: u64 = 4096;

/// True for a file of `size` bytes that has all its parts, as far as that can be told without decoding it.
pub(super) fn is_whole(format: ImageFormat, size: u64, file: &mut (impl BufRead + Seek)) -> bool {
    let is_whole = file.rewind().and_then(|()| match format {
        ImageFormat::Png => png(size, file),
        ImageFormat::Jpeg => jpeg(size, file),
        ImageFormat::Gif => gif(file),
        ImageFormat::WebP => webp(size, file),
        ImageFormat::Avif => boxes(size, file),
        _ => Ok(true),
    });
    is_whole.unwrap_or(false)
}

/// Chunks one after the other up to the one that ends the picture (PNG 3, section 5.3).
fn png(size: u64, file: &mut (impl Read + Seek)) -> io::Result<bool> {
    let mut at = file.seek(SeekFrom::Start(8))?;
    let mut has_pixels = false;
    loop {
        let (length, name) = (u32::from_be_bytes(bytes(file)?), bytes::<4>(file)?);
        at += 12 + u64::from(length);
        if at > size || &name == b"IEND" {
            return Ok(at <= size && has_pixels);
        }
        has_pixels |= &name == b"IDAT";
        file.seek(SeekFrom::Start(at))?;
    }
}

/// The mark at its end; behind it there may be films and other pictures.
fn jpeg(size: u64, file: &mut (impl Read + Seek)) -> io::Result<bool> {
    file.seek(SeekFrom::Start(size.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    // Below that size the tail has the notes in it, and with them a small picture that has an end of its own.
    if size > 16 * TAIL && tail.windows(2).any(|pair| pair == [0xff, 0xd9]) {
        return Ok(true);
    }
    let mut all = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut all)?;
    Ok(jpeg::has_end(&all))
}

/// Blocks up to the one that ends the file (GIF89a, sections 18 to 27).
fn gif(file: &mut impl Read) -> io::Result<bool> {
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let [.., flags, _, _] = bytes::<13>(file)?;
    skip(file, colours(flags))?;
    loop {
        match bytes::<1>(file)? {
            [0x3b] => return Ok(true),
            [0x2c] => {
                let [.., flags] = bytes::<9>(file)?;
                skip(file, colours(flags) + 1)?;
            }
            [0x21] => skip(file, 1)?,
            _ => return Ok(false),
        }
        loop {
            match bytes::<1>(file)? {
                [0] => break,
                [length] => skip(file, length.into())?,
            }
        }
    }
}

/// The length that its header says (RFC 9649, section 2.4).
fn webp(size: u64, file: &mut impl Read) -> io::Result<bool> {
    let [_, _, _, _, length @ ..] = bytes::<8>(file)?;
    Ok(u64::from(u32::from_le_bytes(length)) + 8 <= size)
}

/// Boxes one after the other up to the end (ISO/IEC 14496-12, section 4.2).
fn boxes(size: u64, file: &mut (impl Read + Seek)) -> io::Result<bool> {
    let mut at = 0;
    while at < size {
        file.seek(SeekFrom::Start(at))?;
        let length = match u32::from_be_bytes(bytes(file)?) {
            // To the end of the file.
            0 => return Ok(true),
            1 => {
                skip(file, 4)?;
                u64::from_be_bytes(bytes(file)?)
            }
            length => length.into(),
        };
        if length < 8 {
            return Ok(false);
        }
        at = at.saturating_add(length);
    }
    Ok(at == size)
}

fn bytes<const N: usize>(file: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn skip(file: &mut impl Read, length: u64) -> io::Result<()> {
    let passed = io::copy(&mut file.take(length), &mut io::sink())?;
    if passed == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, Frame, RgbImage, RgbaImage, codecs::gif::GifEncoder};
    use std::io::Cursor;

    fn picture(format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        let noise = RgbImage::from_fn(60, 40, |x, y| image::Rgb([(x * 7) as u8, (y * 5) as u8, (x * y) as u8]));
        DynamicImage::ImageRgb8(noise).write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    #[test]
    fn a_file_that_was_cut_off_anywhere_is_no_whole_one() {
        let mut moving = Vec::new();
        GifEncoder::new(&mut moving).encode_frames((0..3).map(|_| Frame::new(RgbaImage::new(9, 9)))).unwrap();
        let avif = b"\0\0\0\x0cftypavif\0\0\0\x01mdat\0\0\0\0\0\0\0\x12ab".to_vec();
        let made = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP]
            .map(|format| (format, picture(format)));
        for (format, file) in made.into_iter().chain([(ImageFormat::Gif, moving), (ImageFormat::Avif, avif)]) {
            let whole = |file: &[u8]| is_whole(format, file.len() as u64, &mut Cursor::new(file));
            assert!(whole(&file), "{format:?}");
            // Behind the last part there may be whatever a program left there.
            assert!(format == ImageFormat::Avif || whole(&[&file[..], b"more"].concat()), "{format:?}");
            let boundary = |length: &usize| format == ImageFormat::Avif && [0, 12].contains(length);
            for length in (0..file.len()).filter(|length| !boundary(length)) {
                assert!(!whole(&file[..length]), "{format:?} {length} of {}", file.len());
            }
        }
    }
}
