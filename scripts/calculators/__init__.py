"""The calculators: what formulas/ says, computed, shown, and held against the numbers of the pages.

formulas/*.yml --definitions--> Calculator --expressions--> trees --evaluate--> values
                                     |                        '-> JSON for assets/js/calculate.js, which computes the same
                                     '--tex, page--> what the page shows; number_links--> what the pages say
"""
