"""The pictures of docs/pictures: a made-up department, its window and its papers."""
