// Reads numbers that miaotui/site/search_codes.py has written as letters. Pure.
var miaotuiCodes = (() => {
  "use strict"

  const HALF = 45
  const FIRST = 35
  const BACKSLASH = 92

  // The numbers of a text, in their order.
  /** @type {(text: string) => number[]} */
  const numbers = text => {
    /** @type {number[]} */
    const found = []
    let sum = 0
    let place = 1
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      const digit = code - FIRST - (code > BACKSLASH ? 1 : 0)
      sum += (digit % HALF) * place
      place *= HALF
      if (digit >= HALF) continue
      found.push(sum)
      sum = 0
      place = 1
    }
    return found
  }

  return { numbers }
})()
