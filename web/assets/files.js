// Says that a chosen file is too large before it is sent; without this the server says so afterwards.
(function () {
  'use strict';

  document.querySelectorAll('input[type="file"][data-largest]').forEach(function (input) {
    input.addEventListener('change', function () {
      var file = input.files[0];
      var large = file && file.size > Number(input.dataset.largest);
      input.setCustomValidity(large ? input.dataset.tooLarge : '');
      if (large) input.reportValidity();
    });
  });
})();
