//! Pictures: what pages show of them, what is in their files, and when they are made.

use crate::site::Site;
use image::{
    DynamicImage, ExtendedColorType, GenericImageView, ImageEncoder, ImageReader, Rgb, RgbImage, Rgba, RgbaImage,
    codecs::{gif::GifEncoder, jpeg::JpegEncoder, png::PngEncoder},
};
use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Cursor, Read, Write},
    net::TcpStream,
    process::Stdio,
    time::SystemTime,
};

const RED: Rgb<u8> = Rgb([200, 20, 20]);
const BLUE: Rgb<u8> = Rgb([20, 20, 200]);

/// A profile that says that the colours are red, green and blue, and no more.
fn profile() -> Vec<u8> {
    let mut profile = vec![0; 128];
    profile[16..20].copy_from_slice(b"RGB ");
    profile
}

/// Red on the left, blue on the right.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { RED } else { BLUE })
}

fn jpeg(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_icc_profile(profile()).unwrap();
    encoder.write_image(image.as_raw(), image.width(), image.height(), ExtendedColorType::Rgb8).unwrap();
    bytes
}

fn png(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new(&mut bytes);
    encoder.write_image(image.as_bytes(), image.width(), image.height(), image.color().into()).unwrap();
    bytes
}

/// Notes of a camera (Exif 2.32, in TIFF): which way up it was held, its maker, and where it was.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    tiff.extend(3_u16.to_le_bytes());
    let entries: [(u16, u16, u32, [u8; 4]); 3] =
        [(0x010f, 2, 4, *b"Cam\0"), (0x0112, 3, 1, [orientation, 0, 0, 0]), (0x8825, 4, 1, [50, 0, 0, 0])];
    for (tag, kind, count, value) in entries {
        tiff.extend(tag.to_le_bytes().iter().chain(&kind.to_le_bytes()).chain(&count.to_le_bytes()).chain(&value));
    }
    tiff.extend([0; 4]);
    tiff.extend(b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0GPS 51.5 N");
    tiff
}

/// The JPEG with segments behind its first marker, and a film behind its end.
fn noted(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let segment = |marker: u8, contents: &[u8]| {
        let length = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], contents].concat()
    };
    let notes = [
        segment(0xe1, &[b"Exif\0\0", &exif(orientation)[..]].concat()),
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPS</x:xmpmeta>"),
        segment(0xed, b"Photoshop 3.0\08BIM\x04\x04 by GPS"),
        segment(0xfe, b"GPS"),
    ];
    [&jpeg[..2], &notes.concat(), &jpeg[2..], b"a film with GPS"].concat()
}

fn has(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

fn decoded(bytes: &[u8]) -> DynamicImage {
    ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap().decode().unwrap()
}

/// A library with a page that shows the picture of this name.
fn shown(name: &str, bytes: impl AsRef<[u8]>) -> Site {
    Site::new()
        .page("content/a/index.md", "A", "", &format!("![What it shows]({name})\n"))
        .file(&format!("content/a/{name}"), bytes)
}

/// The files of the built site beside the page, by name, and the first picture of the page.
fn built(site: &Site) -> (BTreeMap<String, Vec<u8>>, String) {
    let files = site.site().into_iter().filter_map(|(path, bytes)| Some((path.strip_prefix("a/")?.to_owned(), bytes)));
    let page = site.built("a/index.html");
    let start = page.find("<img").expect("a picture");
    let end = start + page[start..].find('>').unwrap();
    (files.collect(), page[start..=end].to_owned())
}

/// How wide the copies of a picture are.
fn widths(files: &BTreeMap<String, Vec<u8>>) -> Vec<u32> {
    let copies = files.iter().filter(|(name, _)| name.ends_with(".webp"));
    let mut widths: Vec<u32> = copies.map(|(_, bytes)| decoded(bytes).width()).collect();
    widths.sort_unstable();
    widths
}

#[track_caller]
fn near(image: &DynamicImage, at: (u32, u32), colour: Rgb<u8>) {
    let Rgba([r, g, b, _]) = image.get_pixel(at.0, at.1);
    let apart = [r, g, b].iter().zip(colour.0).map(|(a, b)| a.abs_diff(b)).max().unwrap();
    assert!(apart < 40, "{:?} at {at:?} should be {colour:?}", [r, g, b]);
}

#[test]
fn what_a_camera_noted_is_gone_and_the_picture_is_the_very_same() {
    let plain = jpeg(&halves(700, 400));
    let site = shown("photo.jpg", noted(&plain, 1));
    site.run(&["build"]).clean();
    let (files, _) = built(&site);
    assert!(files["photo.jpg"] == plain, "the file has lost more than its notes, or less");
    for (name, bytes) in &files {
        for words in [&b"GPS"[..], b"Exif", b"EXIF", b"Cam", b"xmp", b"Photoshop"] {
            assert!(!has(bytes, words), "{name} has {}", String::from_utf8_lossy(words));
        }
    }
    assert!(has(&files["photo.jpg"], b"ICC_PROFILE") && has(&files["photo.jpg.640.webp"], b"ICCP"));
}

#[test]
fn the_notes_of_other_formats_are_gone_as_well() {
    let chunk = |kind: &[u8; 4], contents: &[u8]| {
        let chunk = img_parts::png::PngChunk::new(*kind, img_parts::Bytes::copy_from_slice(contents));
        chunk.encoder().bytes().to_vec()
    };
    let picture = png(&DynamicImage::from(halves(400, 300)));
    let notes =
        [chunk(b"eXIf", &exif(1)), chunk(b"tEXt", b"Place\0GPS"), chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0GPS")];
    // Behind the signature and the header.
    let (head, rest) = picture.split_at(33);
    let site = shown("drawing.png", [head, &notes.concat(), rest].concat());

    let webp = webp::Encoder::from_rgb(halves(400, 300).as_raw(), 400, 300).encode(90.0);
    let mut noted = img_parts::webp::WebP::from_bytes(img_parts::Bytes::copy_from_slice(&webp)).unwrap();
    img_parts::ImageEXIF::set_exif(&mut noted, Some(exif(1).into()));
    let site = site.file("content/a/photo.webp", noted.encoder().bytes());
    assert!(has(&fs::read(site.root().join("content/a/photo.webp")).unwrap(), b"GPS"));

    site.run(&["build"]).clean();
    let (files, _) = built(&site);
    assert!(files["drawing.png"] == picture);
    for name in ["photo.webp", "drawing.png", "drawing.png.320.webp"] {
        assert!(!has(&files[name], b"GPS") && !has(&files[name], b"EXIF"), "{name}");
        assert_eq!(decoded(&files[name]).height() * 4, decoded(&files[name]).width() * 3, "{name}");
    }
}

#[test]
fn a_picture_taken_sideways_stands_upright_everywhere() {
    // As it lies in the file red is on the left; turned to the right, red is at the top.
    let site = shown("photo.jpg", noted(&jpeg(&halves(800, 400)), 6));
    site.run(&["build"]).clean();
    let (files, image) = built(&site);
    assert!(image.contains("width=\"400\" height=\"800\""), "{image}");
    assert_eq!(widths(&files), [320, 400]);
    for name in ["photo.jpg", "photo.jpg.320.webp", "photo.jpg.400.webp"] {
        let picture = decoded(&files[name]);
        assert_eq!(picture.height(), picture.width() * 2, "{name}");
        near(&picture, (picture.width() / 4, picture.height() / 4), RED);
        near(&picture, (picture.width() / 4, picture.height() * 3 / 4), BLUE);
        assert!(!has(&files[name], b"GPS") && !has(&files[name], b"Exif"), "{name}");
    }
    assert!(has(&files["photo.jpg"], b"ICC_PROFILE"));
}

#[test]
fn copies_are_offered_by_width_and_none_is_larger_than_the_picture() {
    for (width, expected) in [(2000, vec![320, 640, 960, 1280, 1920]), (700, vec![320, 640, 700]), (320, vec![])] {
        let site = shown("p.png", png(&DynamicImage::from(halves(width, 40))));
        site.run(&["build"]).clean();
        let (files, image) = built(&site);
        assert_eq!(widths(&files), expected);
        let named: Vec<String> = expected.iter().map(|width| format!("/a/p.png.{width}.webp {width}w")).collect();
        match named.as_slice() {
            [] => assert!(!image.contains("srcset") && !image.contains("sizes"), "{image}"),
            named => assert!(image.contains(&format!("srcset=\"{}\" sizes=\"", named.join(", "))), "{image}"),
        }
        assert!(image.contains("src=\"/a/p.png\"") && image.contains(&format!("width=\"{width}\" height=\"40\"")));
    }
}

#[test]
fn a_picture_of_one_pixel_is_a_picture() {
    let site = shown("dot.png", png(&DynamicImage::from(halves(1, 1))));
    site.run(&["build"]).clean();
    let (files, image) = built(&site);
    assert_eq!(decoded(&files["dot.png"]).dimensions(), (1, 1));
    assert!(image.contains("width=\"1\" height=\"1\"") && !image.contains("srcset"), "{image}");
}

#[test]
fn what_is_clear_stays_clear_and_what_moves_goes_on_moving() {
    let clear = RgbaImage::from_fn(400, 200, |x, _| Rgba([200, 20, 20, if x < 200 { 0 } else { 255 }]));
    let mut film = Vec::new();
    let frames = [RED, BLUE].map(|colour| {
        let frame = RgbaImage::from_pixel(400, 200, Rgba([colour.0[0], colour.0[1], colour.0[2], 255]));
        image::Frame::new(frame)
    });
    GifEncoder::new(&mut film).encode_frames(frames).unwrap();
    let site = shown("clear.png", png(&DynamicImage::from(clear))).file("content/a/film.gif", &film);
    site.run(&["build"]).clean();
    let (files, _) = built(&site);
    let copy = decoded(&files["clear.png.320.webp"]);
    assert_eq!((copy.get_pixel(40, 80).0[3], copy.get_pixel(280, 80).0[3]), (0, 255));
    assert!(files["film.gif"] == film && !files.keys().any(|name| name.starts_with("film.gif.")));
}

#[test]
fn the_first_picture_is_not_waited_for_and_a_drawing_has_its_size() {
    let text = "![One](one.svg)\n\n![Two](two.png)\n";
    let site = shown("two.png", png(&DynamicImage::from(halves(700, 400))))
        .file("content/a/one.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 48'/>")
        .page("content/a/index.md", "A", "", text)
        .page("content/b.md", "B", "image: /a/two.png\nimage_alt: Two\n", "![One](a/one.svg)\n");
    site.run(&["build"]).clean();
    let lazy = |page: &str| {
        let page = site.built(page);
        let tags = page.match_indices("<img").map(|(at, _)| page[at..].split('>').next().unwrap().to_owned());
        tags.map(|tag| (tag.contains(".svg"), tag.contains("loading=\"lazy\""))).collect::<Vec<_>>()
    };
    assert_eq!(lazy("a/index.html"), [(true, false), (false, true)]);
    assert_eq!(lazy("b/index.html"), [(false, false), (true, true)]);
    assert!(site.built("a/index.html").contains("width=\"64\" height=\"48\""));
}

#[test]
fn a_second_build_makes_nothing_and_a_changed_picture_only_its_own() {
    let picture = |width| png(&DynamicImage::from(halves(width, 300)));
    let site = shown("one.png", picture(400)).file("content/a/two.png", picture(500));
    site.run(&["build"]).clean();
    let times = || -> BTreeMap<String, SystemTime> {
        let names = site.site().into_keys().filter(|path| path != ".casebook.json");
        names
            .map(|path| {
                (path.clone(), fs::metadata(site.root().join("public").join(&path)).unwrap().modified().unwrap())
            })
            .collect()
    };
    let before = times();
    assert!(site.run(&["build"]).clean().stdout().contains(" 0 written,"));
    assert_eq!(times(), before);
    site.write("content/a/two.png", png(&DynamicImage::from(halves(500, 310))));
    site.run(&["build"]).clean();
    let after = times();
    let changed: Vec<&str> =
        after.iter().filter(|(path, time)| before.get(*path) != Some(*time)).map(|(path, _)| path.as_str()).collect();
    assert_eq!(changed, ["a/two.png", "a/two.png.320.webp", "a/two.png.500.webp"]);
}

#[test]
fn a_picture_that_is_damaged_inside_is_told_of_by_the_build_and_the_last_site_stays() {
    let whole = png(&DynamicImage::from(halves(400, 300)));
    let site = shown("p.png", &whole);
    site.run(&["build"]).clean();
    let before = site.site();
    let mut damaged = whole.clone();
    let pixels = whole.windows(4).position(|window| window == b"IDAT").unwrap() + 20;
    damaged[pixels..pixels + 9].fill(0xff);
    site.write("content/a/p.png", damaged);
    let ran = site.run(&["build"]);
    assert_eq!(ran.code(), 1, "{}", ran.stderr());
    assert!(ran.stderr().contains("CB0410") && ran.stderr().contains("content/a/p.png"), "{}", ran.stderr());
    assert!(ran.stderr().contains("public/ is as it was"), "{}", ran.stderr());
    assert!(site.site() == before);
}

#[test]
fn without_downloads_pages_and_files_agree() {
    let site = shown("photo.jpg", noted(&jpeg(&halves(700, 400)), 1));
    site.run(&["build"]).clean();
    let page = site.built("a/index.html");
    let card = page.split("property=\"og:image\" content=\"https://example.org/").nth(1).unwrap();
    assert!(site.has(card.split('"').next().unwrap()) && page.contains("summary_large_image"));
    site.run(&["build", "--no-downloads"]).clean();
    let (files, image) = built(&site);
    assert!(!image.contains("srcset") && image.contains("src=\"/a/photo.jpg\""), "{image}");
    assert_eq!(files.keys().collect::<Vec<_>>(), ["index.html", "photo.jpg"]);
    assert!(!has(&files["photo.jpg"], b"GPS"));
    assert!(!site.site().into_iter().any(|(path, bytes)| path.contains("cards/") || has(&bytes, b"og:image")));
}

/// The body that a server on this machine gives for a path.
fn fetched(address: &str, path: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    answer.split_off(end + 4)
}

#[test]
fn the_preview_gives_the_very_bytes_that_a_build_writes() {
    let site = shown("photo.jpg", noted(&jpeg(&halves(700, 400)), 6));
    site.run(&["build", "--now", "2026-11-21"]).clean();
    let built = site.site();
    // With a time of its own the preview writes nothing to the disk, so that all that it gives is its own.
    let mut server = std::process::Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(["serve", "--port", "0", "--now", "2026-11-21"])
        .current_dir(site.root())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines().map(Result::unwrap);
    let address = lines.find_map(|line| Some(line.split_once("http://")?.1.split('/').next()?.to_owned())).unwrap();
    let made = built.keys().filter(|path| [".jpg", ".webp", ".png", ".ico"].iter().any(|end| path.ends_with(end)));
    let made: Vec<(&String, bool)> =
        made.map(|path| (path, fetched(&address, &format!("/{path}")) == built[path])).collect();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(made.len() > 8 && made.iter().all(|(_, same)| *same), "{made:?}");
}
