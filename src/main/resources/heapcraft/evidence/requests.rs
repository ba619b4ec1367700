//! A server's inner loop: a request's fields become a map of owned strings, and an answer is made
//! from them; all of it dies with the request. `requests COUNT`.

use std::collections::HashMap;

fn answer(request: &str) -> String {
    let fields: HashMap<String, String> = request
        .split('&')
        .filter_map(|field| field.split_once('='))
        .map(|(name, value)| (name.to_uppercase(), value.replace('+', " ")))
        .collect();
    let mut names: Vec<&String> = fields.keys().collect();
    names.sort();
    names.iter().map(|name| format!("{}: {}\n", name, fields[*name])).collect()
}

fn main() {
    let count: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100);
    let request: String = (0..1000).map(|i| format!("field{}=value+{}&", i, i * 7)).collect();
    let bytes: usize = (0..count).map(|_| answer(&request).len()).sum();
    println!("{}", bytes);
}
